/** 执法记录仪: what body cameras said last, and whether those of a shift are fit for it. Who has one is {@code duty}'s. */
package org.farwatch.api.bodycameras;
