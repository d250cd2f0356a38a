package io.github.clinicsessions.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.clinicsessions.api.StaffRepresentation.Visibility;
import io.github.clinicsessions.clinic.OverseenPerson;
import io.github.clinicsessions.clinic.StaffMember;
import io.github.clinicsessions.session.ClientNames;
import java.util.List;

/** A person's sessions as those get them who oversee the person: all of them, or how many there are. */
sealed interface OverseenRepresentation {

    /** Who is seen. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Seen(Visibility visibility, List<SessionRepresentation> sessions) implements OverseenRepresentation {}

    /** Who has opted out. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Counted(Visibility visibility, int sessionCount) implements OverseenRepresentation {}

    /** Looks, which the person will see, unless they have opted out. */
    static OverseenRepresentation of(OverseenPerson person, ClientNames names) {
        return person.visibility() == StaffMember.Visibility.OPTED_OUT
                ? new Counted(Visibility.OPTED_OUT, person.count())
                : new Seen(
                        Visibility.VISIBLE,
                        person.look().stream()
                                .map(one -> SessionRepresentation.of(one, names))
                                .toList());
    }
}
