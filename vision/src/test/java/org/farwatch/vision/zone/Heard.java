package org.farwatch.vision.zone;

import java.util.ArrayList;
import java.util.List;

/** Keeps what a watch reports. */
final class Heard implements EventSink {
    final List<Lead> leads = new ArrayList<>();
    final List<LeadEnd> ends = new ArrayList<>();

    @Override
    public void raised(Lead lead) {
        leads.add(lead);
    }

    @Override
    public void ended(LeadEnd end) {
        ends.add(end);
    }
}
