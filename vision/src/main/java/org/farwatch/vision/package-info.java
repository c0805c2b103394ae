/** From a picture to an observation: decoder, stages, rules, models. Its first stage arrives with the first camera. */
package org.farwatch.vision;
