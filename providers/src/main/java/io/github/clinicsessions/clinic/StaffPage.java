package io.github.clinicsessions.clinic;

import java.util.List;

/**
 * A page of the list.
 *
 * @param staff by user name
 * @param total how many there are on all pages
 */
public record StaffPage(List<StaffMember> staff, long total) {

    static final StaffPage EMPTY = new StaffPage(List.of(), 0);

    public StaffPage {
        staff = List.copyOf(staff);
    }
}
