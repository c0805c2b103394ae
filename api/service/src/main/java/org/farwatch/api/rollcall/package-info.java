/** 点名: roll calls of officers on duty, answered by the positions and pictures of what they carry. */
package org.farwatch.api.rollcall;
