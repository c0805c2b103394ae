/** How records go from state to state, and who may move them. */
package org.farwatch.api.flow;
