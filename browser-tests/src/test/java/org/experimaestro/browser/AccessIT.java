package org.experimaestro.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** No screen has barriers that axe knows of, in either theme. */
@ExtendWith(Chromium.class)
class AccessIT {
    @TempDir
    private Path folder;

    @Test
    void screens_ofARunWithAFailure_haveNoBarriers(Tab tab) throws Exception {
        Grid grid = Grid.in(folder).fail(1);
        grid.run();
        String job;
        try (Stream<Path> jobs = Files.list(grid.workspace().resolve("jobs/grid.learn"))) {
            job = jobs.map(path -> path.getFileName().toString())
                    .sorted()
                    .toList()
                    .getFirst();
        }
        try (Monitor monitor = Monitor.of(grid.program(), grid.workspace())) {
            tab.open(monitor).see(Grid.NAME);
            List<String> views = List.of(
                    "/",
                    "/x/grid",
                    "/x/grid/latest",
                    "/x/grid/latest/jobs",
                    "/x/grid/latest/jobs?by=",
                    "/x/grid/latest/job/grid.learn/" + job,
                    "/x/grid/latest/table",
                    "/x/grid/latest/charts",
                    "/x/grid/latest/charts?metric=loss&as=table",
                    "/x/grid/latest/charts?metric=accuracy&x=rate",
                    "/x/grid/latest/timeline",
                    "/x/grid/latest/timeline?as=table",
                    "/x/grid/latest/graph",
                    "/x/grid/latest/graph?as=table",
                    "/types",
                    "/types/grid.learn",
                    "/trash",
                    "/orphans");
            Assertions.assertThat(views).allSatisfy(view -> {
                tab.open(monitor, view).settle();
                tab.checkAccess();
            });
        }
    }
}
