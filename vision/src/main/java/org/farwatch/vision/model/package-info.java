/** Weights: how the default detector's are turned from TensorFlow.js into ONNX when the module is built. */
package org.farwatch.vision.model;
