package org.farwatch.api.access;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** A desk of the bureau. A user holds one or more; what a role may is written at each route with {@link Permit}. */
public enum Role {
    /** 指挥中心值班员: live picture, alerts, dispatch. */
    OPERATOR("operator"),
    /** 督察员: draws, checks, findings. */
    INSPECTOR("inspector"),
    /** 法制核查员: coverage, proof, records. */
    LEGAL_REVIEWER("legal-reviewer"),
    /** 中队长: own squad. */
    SQUAD_LEADER("squad-leader"),
    /** 队员: what concerns himself. */
    OFFICER("officer"),
    /** 系统管理员: users, devices, settings; sees no positions, pictures or alerts. */
    ADMINISTRATOR("administrator"),
    /** 安全审计员: the logs and nothing else. */
    SECURITY_AUDITOR("security-auditor"),
    /** 采集站: a program that brings recordings in and sees only its own uploads. */
    COLLECTION_STATION("collection-station");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    @JsonValue
    public String label() {
        return label;
    }

    /** Whether the role is of the bureau, which sees all squads unless some are named, and not of a squad. */
    public boolean ofBureau() {
        return switch (this) {
            case OPERATOR, INSPECTOR, LEGAL_REVIEWER, ADMINISTRATOR, SECURITY_AUDITOR -> true;
            case SQUAD_LEADER, OFFICER, COLLECTION_STATION -> false;
        };
    }

    /** @throws IllegalArgumentException naming the value and the allowed ones */
    @JsonCreator
    public static Role of(String label) {
        for (Role role : values()) {
            if (role.label.equals(label)) {
                return role;
            }
        }
        throw new IllegalArgumentException("must be one of operator, inspector, legal-reviewer, squad-leader,"
                + " officer, administrator, security-auditor, collection-station; was " + label);
    }
}
