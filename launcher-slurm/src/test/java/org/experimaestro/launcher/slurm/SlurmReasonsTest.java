package org.experimaestro.launcher.slurm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlurmReasonsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PartitionTimeLimit",
                "PartitionNodeLimit",
                "PartitionConfig",
                "DependencyNeverSatisfied",
                "BadConstraints",
                "InvalidAccount",
                "InvalidQOS",
                "AccountNotAllowed",
                "QOSNotAllowed",
                "QOSTimeLimit",
                "QOSMaxWallDurationPerJobLimit",
                "AssocMaxWallDurationPerJobLimit",
                "AssocMaxCpuPerJobLimit",
                "AssocMaxGRESPerNode",
                "QOSMaxMemoryMinutesPerJob",
                "QOSMinGRES",
                "QOSMinCpuNotSatisfied",
                "MaxMemPerLimit",
                "ReservationDeleted",
                "DeadLine",
            })
    void isStuck_aboutTheRequest_isTrue(String reason) {
        assertThat(SlurmReasons.isStuck(reason)).isTrue();
        assertThat(SlurmStatusReader.status("PENDING", reason, "").stuck()).isTrue();
        assertThat(SlurmStatusReader.status("RUNNING", reason, "").stuck()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Priority",
                "Resources",
                "Dependency",
                "BeginTime",
                "JobHeldUser",
                "JobHeldAdmin",
                "JobHoldMaxRequeue",
                "JobArrayTaskLimit",
                "QOSGrpCpuLimit",
                "QOSJobLimit",
                "QOSMaxJobsPerUserLimit",
                "QOSMaxGRESPerUser",
                "AssocMaxJobsLimit",
                "AssocGrpGRES",
                "MaxGRESPerAccount",
                "PartitionDown",
                "PartitionInactive",
                "Licenses",
                "ReqNodeNotAvail, UnavailableNodes:node[1-3]",
                "Reservation",
                "Prolog",
                "Constraints",
                "Nodes required for job are DOWN, DRAINED or reserved for jobs in higher priority partitions",
                "launch failed requeued held",
                "SomethingNew",
            })
    void isStuck_aboutTheMoment_isFalse(String reason) {
        assertThat(SlurmStatusReader.status("PENDING", reason, "").stuck()).isFalse();
        assertThat(SlurmStatusReader.status("PENDING", reason, "").reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({"None,''", "(null),''", "(None),''", "N/A,''", "'',''", "(Priority),Priority", "' Resources ',Resources"
    })
    void text_word_isForPeople(String word, String text) {
        assertThat(SlurmReasons.text(word)).isEqualTo(text);
    }

    @Test
    void status_refusedJobThatIsLeft_isRefused() {
        assertThat(SlurmStatusReader.status("FAILED", "BadConstraints", "1:0").end())
                .contains(org.experimaestro.spi.BatchStatus.End.REFUSED);
    }
}
