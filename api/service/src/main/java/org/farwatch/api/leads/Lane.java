package org.farwatch.api.leads;

import org.farwatch.api.access.Caller;

/**
 * Where an alert goes that a person has confirmed, and into one only. The features that take alerts on implement it;
 * which of them an alert may go into says the table of lanes ({@link Lanes}).
 */
public interface Lane {
    /** Its name in API and database, such as {@code task}. */
    String label();

    /**
     * Takes an alert on, in the transaction that confirms it.
     *
     * @param alert as it was seen; it is confirmed when this returns
     * @throws org.farwatch.api.web.Refusal when it cannot; then the alert is not confirmed either
     */
    void open(Alert alert, Wanted wanted, Caller caller);

    /**
     * What the person asks for.
     *
     * @param squadId who is to settle it, null for the squad of the alert
     * @param note null for none
     */
    record Wanted(String squadId, String note) {}
}
