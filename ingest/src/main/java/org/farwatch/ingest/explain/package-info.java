/**
 * What the bytes of a device mean, field by field, for support staff. {@link org.farwatch.ingest.explain.Explainer} finds
 * by the first bytes which protocol they are; each protocol's folder has its {@link
 * org.farwatch.ingest.explain.FrameExplainer}.
 */
package org.farwatch.ingest.explain;
