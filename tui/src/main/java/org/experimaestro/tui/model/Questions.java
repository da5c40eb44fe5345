package org.experimaestro.tui.model;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.experimaestro.tui.client.ViewQuestion;
import org.experimaestro.tui.wire.WireAddress;
import org.experimaestro.tui.wire.WireBeside;
import org.experimaestro.tui.wire.WireComparison;
import org.experimaestro.tui.wire.WireExperiment;
import org.experimaestro.tui.wire.WireJob;
import org.experimaestro.tui.wire.WireJobs;
import org.experimaestro.tui.wire.WireLog;
import org.experimaestro.tui.wire.WireNoted;
import org.experimaestro.tui.wire.WireRows;
import org.experimaestro.tui.wire.WireRun;
import org.experimaestro.tui.wire.WireTable;
import org.experimaestro.tui.wire.WireWorkspace;

/** The questions of the view. */
public final class Questions {
    /** The workspace. */
    public static final ViewQuestion<WireWorkspace> WORKSPACE = new ViewQuestion<>("workspace", WireWorkspace.class);

    /** The actions that wait. */
    public static final ViewQuestion<WireNoted> NOTED = new ViewQuestion<>("noted", WireNoted.class);

    /** The most bytes of a part of a log. */
    static final int LOG_BYTES = 256 * 1024;

    /** The most bytes of the end of a log: more than a screen has. */
    private static final int TAIL_BYTES = 32 * 1024;

    private Questions() {}

    static ViewQuestion<WireExperiment> experiment(String name) {
        return new ViewQuestion<>("experiments/" + encoded(name), WireExperiment.class);
    }

    /** Returns the question about a run, {@code EXPERIMENT/RUN}. */
    static ViewQuestion<WireRun> run(String name) {
        return new ViewQuestion<>("runs/" + path(name), WireRun.class);
    }

    /** Returns the question about what is beside a run, {@code EXPERIMENT/RUN}. */
    static ViewQuestion<WireBeside> beside(String run) {
        return new ViewQuestion<>("runs/" + path(run) + "/beside", WireBeside.class);
    }

    /** Returns the question for the address of a service of a run. */
    static ViewQuestion<WireAddress> address(String run, String service) {
        return new ViewQuestion<>(
                "runs/" + path(run) + "/services/" + encoded(service) + "/address", WireAddress.class);
    }

    /** Returns the path of the end of the log of a process: of {@code actions/NAME} or {@code services/NAME}. */
    static String besideLog(String run, String line, int number) {
        return "runs/" + path(run) + "/" + path(line) + "/" + number + "/log?count=" + TAIL_BYTES;
    }

    static ViewQuestion<WireJobs> jobs(JobsSelection selection) {
        return new ViewQuestion<>("jobs?" + parameters(selection), WireJobs.class);
    }

    /** Returns the question for rows of a group; of all jobs if the key is empty. */
    static ViewQuestion<WireRows> rows(JobsSelection selection, String group, int from, int count) {
        return new ViewQuestion<>(
                "jobs/rows?" + parameters(selection) + parameter("group", group) + "&from=" + from + "&count=" + count,
                WireRows.class);
    }

    /**
     * Returns the question for the first jobs that a word is found in.
     *
     * @param word a part of an identifier, a type, a tag or an error
     * @return the question
     */
    public static ViewQuestion<WireRows> find(String word) {
        return new ViewQuestion<>(
                "jobs/rows?q=" + encoded("\"" + word.replace("\"", "") + "\"") + "&count=2", WireRows.class);
    }

    static ViewQuestion<WireJob> job(String name) {
        return new ViewQuestion<>("jobs/" + path(name), WireJob.class);
    }

    static ViewQuestion<WireComparison> comparison(List<String> jobs) {
        return new ViewQuestion<>("compare?jobs=" + encoded(String.join(",", jobs)), WireComparison.class);
    }

    static ViewQuestion<WireTable> table(Optional<String> run, String filter) {
        return new ViewQuestion<>(
                "table?" + run.map(name -> parameter("run", name)).orElse("") + parameter("q", filter),
                WireTable.class);
    }

    /** Returns the question for a part of a log; without a beginning, for its end. */
    static ViewQuestion<WireLog> log(String job, String stream, int attempt, long from, int count) {
        return new ViewQuestion<>(
                "jobs/" + path(job) + "/log?stream=" + stream + (attempt > 0 ? "&attempt=" + attempt : "")
                        + (from >= 0 ? "&from=" + from : "") + "&count=" + count,
                WireLog.class);
    }

    /** Returns the path of a search in a log. */
    static String search(String job, String stream, int attempt, String text, boolean isPattern) {
        return "jobs/" + path(job) + "/log/search?stream=" + stream + (attempt > 0 ? "&attempt=" + attempt : "")
                + "&text=" + encoded(text) + (isPattern ? "&regex=true&case=true" : "");
    }

    private static String parameters(JobsSelection selection) {
        return selection.run().map(name -> parameter("run", name)).orElse("")
                + parameter("q", selection.filter())
                + selection.by().map(names -> "&by=" + encoded(list(names))).orElse("")
                + parameter("sort", selection.sort());
    }

    private static String list(List<String> names) {
        return names.stream()
                .map(name -> name.replace("\\", "\\\\").replace(",", "\\,"))
                .collect(Collectors.joining(","));
    }

    private static String parameter(String name, String value) {
        return value.isEmpty() ? "" : "&" + name + "=" + encoded(value);
    }

    private static String path(String name) {
        int slash = name.indexOf('/');
        return slash < 0 ? encoded(name) : encoded(name.substring(0, slash)) + "/" + encoded(name.substring(slash + 1));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
