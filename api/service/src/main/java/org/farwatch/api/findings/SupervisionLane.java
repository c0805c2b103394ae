package org.farwatch.api.findings;

import org.farwatch.api.access.Caller;
import org.farwatch.api.leads.Alert;
import org.farwatch.api.leads.Lane;
import org.farwatch.api.web.Ids;
import org.farwatch.api.web.Refusal;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** A confirmed alert becomes a supervision lead with the alert's evidence; whether a finding comes of it is an inspector's. */
@Component
class SupervisionLane implements Lane {
    private final SupervisionLeads leads;
    private final CaseFiles files;

    SupervisionLane(SupervisionLeads leads, CaseFiles files) {
        this.leads = leads;
        this.files = files;
    }

    @Override
    public String label() {
        return SupervisionLeads.SUBJECT;
    }

    /** The officer of the alert goes along only when the lead is of his own squad. */
    @Override
    @Transactional
    public void open(Alert alert, Wanted wanted, Caller caller) {
        String squad = wanted.squadId() == null ? alert.unitId() : wanted.squadId();
        if (squad == null) {
            throw Refusal.field("squadId", "must name the squad that the lead is about: the alert has none");
        }
        Long officer = squad.equals(alert.unitId()) ? Ids.field("officerId", alert.officerId()) : null;
        long id = leads.create(
                new SupervisionLeads.New(
                        caller.scope().squadNamed(squad), officer, Ids.field("alertId", alert.id()), alert.title()),
                wanted.note(),
                caller);
        if (alert.evidence() != null) {
            link(id, alert.evidence().snapshot(), "告警截图", caller);
            link(id, alert.evidence().before(), "告警前画面", caller);
            link(id, alert.evidence().clip(), "告警片段", caller);
        }
    }

    private void link(long lead, String file, String name, Caller caller) {
        if (file != null) {
            files.link(lead, file, name, caller);
        }
    }
}
