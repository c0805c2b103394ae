/** 执法活动: enforcement activities, their stages that must be recorded, and the recordings that prove it. */
package org.farwatch.api.activities;
