package org.experimaestro.model.identity;

import static org.assertj.core.api.Assertions.assertThat;

import org.experimaestro.ConfigId;
import org.experimaestro.disturbance.fuzz.Fuzz;
import org.junit.jupiter.api.Test;

class JobPathFuzzTest {
    private static final String ID = "0123456789abcdef0123456789abcdef";

    @Test
    void find_anyText_findsItsOwnPartsOrNothing() {
        Fuzz.of("job-path")
                .seeds("/w/jobs/tutorial.learn/" + ID, "/w/jobs/a/" + ID + "/jobs/b/" + ID + "/model.bin")
                .words("/jobs/", ID, "a.b-c_D")
                .text(text -> {
                    JobPath found = JobPath.find(text);
                    if (found != null) {
                        String rest = found.rest().isEmpty() ? "" : "/" + found.rest();
                        String whole = found.root() + "/jobs/" + found.typeId() + "/" + found.id() + rest;
                        assertThat(text).isIn(whole, whole + "/");
                    }
                });
    }

    @Test
    void parse_anyText_isAnIdentifierOrRefused() {
        Fuzz.of("identifier")
                .seeds(ID)
                .words("ABCDEF", "٣")
                .refusedBy(IllegalArgumentException.class)
                .text(text -> assertThat(ConfigId.parse(text)).hasToString(text));
    }
}
