/**
 * What positions prove about a person or vehicle on duty (在岗情况): a pure fold over fix time, so that points which
 * come late, twice or in disorder give the same answer as if they had come in order.
 *
 * <p>What is uncertain never counts against anybody: silence is unknown and not off post, a position that may err
 * across the border is no leave, and a leave is believed only after it lasted.
 */
package org.farwatch.geo.presence;
