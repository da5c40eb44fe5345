package org.experimaestro.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.experimaestro.ConfigId;
import org.junit.jupiter.api.Test;

class SharedFolderTest {
    private static final String ID = "00112233445566778899aabbccddeeff";
    private static final SharedFolder STATES = new SharedFolder("a.learn", "states", ConfigId.parse(ID));

    @Test
    void find_pathInASharedFolderOfTheWorkspace_isFound() {
        for (String workspace : new String[] {"/data/work", "/data/shared"}) {
            Path job = Path.of(workspace, "jobs", "a.learn", ID);
            assertThat(SharedFolder.find(STATES.seenFrom(job).resolve("epoch-1"), job))
                    .isEqualTo(STATES);
            assertThat(STATES.seenFrom(job)).isEqualTo(Path.of(workspace, "shared", "a.learn", "states", ID));
        }
        Path scratch = Path.of("/tmp/scratch");
        assertThat(SharedFolder.find(STATES.seenFrom(scratch), scratch)).isEqualTo(STATES);
    }

    @Test
    void find_pathOfAJobInAWorkspaceCalledShared_isNotOne() {
        Path job = Path.of("/data/shared/jobs/a.learn/" + ID);
        assertThat(SharedFolder.find(job.resolve("weights"), job)).isNull();
        assertThat(SharedFolder.find(job.resolve("shared/a/b/" + ID), job)).isNull();
        assertThat(SharedFolder.find(Path.of("/data/shared/models/v1/" + ID), job))
                .isNull();
    }
}
