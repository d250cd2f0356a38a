package io.github.clinicsessions.clinic.jpa;

import java.util.Collection;

/** Membership in organizations: each has a group of its own, whose members are the organization's. */
final class Members {

    private Members() {}

    /** That the user of the query is a member of one of the organizations. */
    static String of(Where where, String user, Collection<String> organizationIds, boolean enabledOnly) {
        return "exists (select 1 from UserGroupMembershipEntity m, OrganizationEntity o where m.user.id = " + user
                + ".id and m.groupId = o.groupId and " + where.in("o.id", organizationIds)
                + (enabledOnly ? " and o.enabled = true)" : ")");
    }
}
