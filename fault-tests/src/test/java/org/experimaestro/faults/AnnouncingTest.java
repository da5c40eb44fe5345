package org.experimaestro.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.disturbance.program.Await;
import org.experimaestro.workspace.Announcement;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A plan and a job that are killed around an announcement, as processes of their own. */
@Timeout(600)
@EnabledOnOs(OS.LINUX)
class AnnouncingTest {
    @TempDir
    Path folder;

    @Test
    void planAndProducer_killedAroundAnAnnouncement_eachReaderRunsOnceWhileTheProducerGoesOn() throws Exception {
        try (Site site = new Site(folder.resolve("site"), 0)) {
            Path gate = Site.ledger(site.folder());
            Config<Announcing> task = AnnouncingMain.task(gate);
            JobFolder producer = Workspace.view(site.workspace()).job(task.type(), task.id());
            Files.writeString(gate.resolve("hold-2"), "");
            Files.writeString(gate.resolve(AnnouncingMain.HOLD), "");

            Process plan = site.start(AnnouncingMain.class);
            Await.until("the callback is held", Site.PATIENCE, () -> Files.exists(gate.resolve(AnnouncingMain.HELD)));
            site.kill(plan); // after the announcement, and before the submission
            Files.delete(gate.resolve(AnnouncingMain.HOLD));
            plan = site.start(AnnouncingMain.class);
            // The first reader lets the producer go on, which has been running all the time.
            Await.until("step 2 is read", Site.PATIENCE, () -> done(site).size() == 2);
            assertThat(producer.status()).isInstanceOf(JobStatus.Running.class);
            site.jobProcesses().forEach(site::kill);
            assertThat(site.await(plan)).as(site.log()).isEqualTo(1);
            Files.writeString(producer.announcements().file(), "{\"time\":\"20", StandardOpenOption.APPEND);
            Files.writeString(gate.resolve("step-2"), "");
            assertThat(site.await(site.start(AnnouncingMain.class)))
                    .as(site.log())
                    .isZero();

            assertThat(producer.announcements().read())
                    .extracting(Announcement::attempt)
                    .containsExactly(1, 1, 2);
            assertThat(done(site)).hasSize(AnnouncingMain.STEPS).allMatch(each -> each.attempt() == 1);
        }
    }

    /** The readers that are done. */
    private static List<JobStatus.Done> done(Site site) {
        return Workspace.view(site.workspace()).jobs().stream()
                .filter(job -> job.typeId().equals("faults.reading"))
                .map(JobFolder::status)
                .filter(JobStatus.Done.class::isInstance)
                .map(JobStatus.Done.class::cast)
                .toList();
    }
}
