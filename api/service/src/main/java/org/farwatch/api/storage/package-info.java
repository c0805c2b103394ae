/**
 * 存储: how long recordings are kept, what is held longer, their deletion, and when the disk will be full. Begin with {@link
 * org.farwatch.api.storage.RecordingRetention}.
 */
package org.farwatch.api.storage;
