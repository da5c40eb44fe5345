package org.experimaestro.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.experimaestro.spi.Placement;
import org.experimaestro.trial.TestLaunchers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs whose placement has an alternative. */
@Tag("thorough")
class JobSpreadTest extends BatchRunFixture {
    private List<String> partitions() throws Exception {
        Placement other = Placement.on(launcher).toBuilder().partition("large").build();
        lab.launchers(TestLaunchers.finder(Placement.on(launcher).toBuilder()
                .partition("small")
                .alternatives(List.of(other))
                .build()));
        system.arrays(100);
        lab.run(all(List.of("a", "b", "c", "d", "e")));
        assertThat(lab.control().executions()).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
        return system.partitions();
    }

    @Test
    void submit_roomAtBothPlaces_goesWhereTheMostIsLeft() throws Exception {
        system.room(2, 3);

        assertThat(partitions()).containsExactlyInAnyOrder("small", "small", "large", "large", "large");
    }

    @Test
    void submit_noRoom_goesWhereTheFewestWait() throws Exception {
        system.room(-10, -7);

        assertThat(partitions()).containsExactlyInAnyOrder("small", "large", "large", "large", "large");
    }

    @Test
    void submit_systemThatDoesNotTell_takesTheFirstPlace() throws Exception {
        assertThat(partitions()).containsOnly("small").hasSize(5);
    }
}
