/** 应录与已录: what has to be recorded, what of it was, and why the rest was not. */
package org.farwatch.api.coverage;
