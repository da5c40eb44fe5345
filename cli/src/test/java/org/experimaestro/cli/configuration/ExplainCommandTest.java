package org.experimaestro.cli.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Roots;
import org.experimaestro.SelfTask;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;
import org.experimaestro.cli.SampleTypes;
import org.experimaestro.cli.SampleWorkspace;
import org.experimaestro.cli.job.JobsCommand;
import org.experimaestro.core.task.Outputs;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainCommandTest {
    @TempDir
    Path folder;

    private SampleWorkspace sample;

    @BeforeEach
    void makeWorkspace() throws IOException {
        sample = new SampleWorkspace(folder.resolve("workspace"));
    }

    @Test
    void explain_describedTypes_tellsWhatCounts() throws IOException {
        Config<?> learn = SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16);
        Config<?> other = SampleWorkspace.learn(3, SampleWorkspace.adam(0.25), 16);
        sample.store(learn);
        sample.store(other);
        sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.125), 32));

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), prefix(learn));

        assertThat(result.err()).isEmpty();
        assertThat(result.out()).isEqualTo("""
                        sample.learn/%s, version 2
                          model: sample.model/%s, version 1
                            layers = 3
                            tags layers=3                               (does not count: tags)
                          optimizer: sample.adam/%s, version 1
                            lr = 0.5
                            eps = 1e-8                                  (does not count: the default)
                          epochs = 16
                          gpus = 2                                      (does not count: meta)
                          modelPath                                     (does not count: generated, model.bin)

                        The nearest other job is sample.learn/%s:
                          PARAMETER     HERE  THERE
                          optimizer.lr  0.5   0.25
                        """.formatted(
                        learn.id(),
                        SampleWorkspace.model(3).id(),
                        SampleWorkspace.adam(0.5).id(),
                        other.id()));
        assertThat(result.exitCode()).isZero();
    }

    @Test
    void explain_defaultsThatHaveChanged_leavesTheFirstOnesOut() throws IOException {
        Config<?> schedule = Config.builder(SampleTypes.type("Schedule"))
                .set("rate", 0.4)
                .set("patience", 5)
                .build();
        sample.store(schedule);

        assertThat(sample.execute(new ExplainCommand(), prefix(schedule)).out())
                .containsPattern("rate = 0.4 +\\(does not count: the first default\\)")
                .containsPattern("limit = 3\n")
                .containsPattern("patience = 5 +\\(does not count: the first default\\)")
                .containsPattern("adam: .*counts unless it is the first default, slow\\(\\)");
    }

    @Test
    void explain_valueThatCountsInOneJobOnly_isTheDifference() throws IOException {
        Config<?> search = Config.builder(SampleTypes.type("Search")).build();
        JobFolder job = sample.store(search);
        JobFolder before = sample.workspace().job("sample.search", ConfigId.parse("0".repeat(32)));
        before.write(Files.readString(job.parametersFile()), changedTypes(before) + "\n");

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), prefix(search));

        assertThat(result.out())
                .contains("The nearest other job is sample.search/" + before.id() + ":\n")
                .containsPattern("\n  rate +0.4 \\(does not count: the default\\) +0.4 \\(counts\\)\n");
        assertThat(result.out().lines().filter(line -> line.startsWith("  most")))
                .hasSize(1);
    }

    @Test
    void explain_pathThatBecameOneBelowARoot_isTheDifferenceOfTheNearestJob() throws IOException {
        RootPlaces.define(Map.of("data", Path.of("/srv/corpora")));
        try {
            Config<?> rooted = search(Roots.path("data:/trec/words.txt"), 0.1);
            Config<?> plain = search(Path.of("/srv/corpora/trec/words.txt"), 0.1);
            sample.store(rooted);
            sample.store(plain);
            sample.store(search(Path.of("/other"), 0.2));

            assertThat(sample.execute(new ExplainCommand(), prefix(rooted)).out())
                    .containsPattern("words = \"data:/trec/words.txt\" +\\(counts: path below a named root")
                    .contains("The nearest other job is sample.search/" + plain.id() + ":\n")
                    .containsPattern("\n  words +\"data:/trec/words.txt\" \\(path below a named root\\)"
                            + " +\"/srv/corpora/trec/words.txt\" \\(absolute path\\)\n");
            assertThat(sample.execute(new ExplainCommand(), prefix(plain)).out())
                    .containsPattern("words = \"/srv/corpora/trec/words.txt\" +\\(counts: absolute path");
        } finally {
            RootPlaces.define(Map.of());
        }
    }

    private static Config<?> search(Path words, double rate) {
        return Config.builder(SampleTypes.type("Search"))
                .set("words", words)
                .set("rate", rate)
                .build();
    }

    @Test
    void explain_relativeDefaultPath_saysThatItCountsAndWhereItStarts() throws IOException {
        Config<?> search = Config.builder(SampleTypes.type("Search")).build();
        sample.store(search);

        assertThat(sample.execute(new ExplainCommand(), prefix(search)).out())
                .containsPattern(
                        "words = \"/.*/data/words.txt\" +\\(counts: absolute path; the default data/words.txt starts from the"
                                + " plan's folder\\)\n")
                .containsPattern("most = 10 +\\(does not count: the default\\)\n");
    }

    /** The class path of a job for which the rate had another default. */
    private Path changedTypes(JobFolder job) throws IOException {
        String description = "META-INF/experimaestro/types/sample.search.json";
        Path changed = sample.workspace().root().resolve("changed");
        Path file = changed.resolve(description);
        Files.createDirectories(file.getParent());
        String today = Files.readString(SampleTypes.folder().resolve(description));
        String before = today.replace("\"default\": \"0.4\"", "\"default\": \"0.5\"");
        assertThat(before).isNotEqualTo(today);
        Files.writeString(file, before);
        return job.path().relativize(changed);
    }

    @Test
    void explain_producedParameter_comparesWhatMadeIt() throws IOException {
        Config<?> learn = SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16);
        Config<?> longer = SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 32);
        sample.store(learn);
        sample.store(longer);
        JobFolder job = sample.store(sample.evaluate(learn));
        sample.store(sample.evaluate(longer));

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), "sample.evaluate/" + prefix(job));

        assertThat(result.out())
                .contains("version 1, made by sample.learn/" + learn.id())
                .contains("path = \"jobs/sample.learn/" + learn.id() + "/model.bin\"")
                .contains("cutoffs = [1,10]", "mode = \"fast\"")
                .contains("""
                          PARAMETER                   HERE  THERE
                          model(sample.learn).epochs  16    32
                        """);
    }

    @Test
    void explain_floatsOfAnEarlierVersion_areTheSame() throws IOException {
        JobFolder before = sample.store(SampleWorkspace.learn(3, descent(0.8f), 16));
        JobFolder now = sample.store(SampleWorkspace.learn(5, descent(0.8f), 16));
        String text = Files.readString(before.parametersFile());
        assertThat(text).contains("\"momentum\": 0.8,", "\"rates\": [0.1]");
        Files.writeString(
                before.parametersFile(),
                text.replace("\"momentum\": 0.8,", "\"momentum\": 0.800000011920929,")
                        .replace("[0.1]", "[0.10000000149011612]"));

        SampleWorkspace.Result described = sample.execute(new ExplainCommand(), prefix(before));
        assertThat(described.out())
                .contains("momentum = 0.8\n", "rates = [0.1]\n")
                .endsWith("PARAMETER     HERE  THERE\n  model.layers  3     5\n");

        Files.delete(before.classPathFile());
        SampleWorkspace.Result unknown = sample.execute(new ExplainCommand(), prefix(before));
        assertThat(unknown.out()).endsWith("PARAMETER     HERE  THERE\n  model.layers  3     5\n");
        assertThat(prefix(now)).isNotEqualTo(prefix(before));
    }

    private static Config<?> descent(float momentum) {
        return Config.builder(SampleTypes.type("Descent"))
                .set("lr", 0.5)
                .set("momentum", momentum)
                .set("rates", List.of(0.1f))
                .build();
    }

    interface Link extends Configurable {}

    @ConfigType("explain.end")
    record End(int number) implements Link {}

    @ConfigType("explain.chain")
    record Chain(Link next, @Default("0") int level) implements Link {}

    @ConfigType("explain.task")
    record Walk(Link start) implements SelfTask<Walk> {
        @Override
        public void execute(TaskContext context) {}
    }

    private static Config<Walk> walk(int number, int levels) {
        Config<?> link = Config.builder(End.class).set("number", number).build();
        for (int level = 0; level < levels; level++) {
            link = Config.builder(Chain.class).set("next", link).build();
        }
        return Config.builder(Walk.class).set("start", link).build();
    }

    @Test
    void explain_configurationsOfManyLevels_areShownAndCompared() throws IOException {
        int levels = 10_000;
        JobFolder job = sample.store(walk(1, levels).tag("way", 0.9f));
        sample.store(walk(2, levels));

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), prefix(job));

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("\n  tags way=0.9 ")
                .contains(" (level " + (levels + 2) + ") number = 1\n")
                .contains("  start.next.next.")
                .contains(".next.number  1     2\n");
        SampleWorkspace.Result list = sample.execute(new JobsCommand(), "list", "--tags", "way=0.9");
        assertThat(list.out()).contains("way=0.9").hasLineCount(2);
    }

    @Test
    void explain_jobsThatFollowManyOthers_areCompared() throws Exception {
        JobFolder one = sample.store(chainOfJobs(1));
        JobFolder other = sample.store(chainOfJobs(2));

        // In a small stack: each job costs files, and so many as fill a common one cost minutes.
        AtomicReference<SampleWorkspace.Result> told = new AtomicReference<>();
        Thread small = new Thread(
                null,
                () -> told.set(sample.execute(new ExplainCommand(), prefix(one), "--other", prefix(other))),
                "small",
                200_000);
        small.start();
        small.join();

        SampleWorkspace.Result result = told.get();
        assertThat(result.err()).isEmpty();
        assertThat(result.out())
                .contains("  start(explain.grow).start(explain.grow)")
                .contains(").start.number  1     2\n");
    }

    /** Each takes what the one before it makes. */
    private Config<Grow> chainOfJobs(int number) throws IOException {
        Config<Grow> last = grow(Config.builder(End.class).set("number", number).build());
        for (int i = 0; i < 500; i++) {
            JobFolder job = sample.store(last);
            last = grow(Outputs.of((ConfigNode<?>) Node.of(last), job.path()));
        }
        return last;
    }

    private static Config<Grow> grow(Config<?> start) {
        return Config.builder(Grow.class).set("start", start).build();
    }

    @ConfigType("explain.made")
    record Made(Path file) implements Link {}

    @ConfigType("explain.grow")
    record Grow(Link start, @GeneratedPath("made.txt") Path file) implements Task<Link> {
        @Override
        public void execute(TaskContext context) {}

        @Override
        public Link outputs(Dependency dep) {
            return dep.on(new Made(file));
        }
    }

    @Test
    void explain_otherType_namesTheTypes() throws IOException {
        Config<?> learn = SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16);
        Config<?> descent =
                Config.builder(SampleTypes.type("Descent")).set("lr", 0.5).build();
        JobFolder other = sample.store(SampleWorkspace.learn(3, descent, 16));
        sample.store(learn);

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), prefix(learn), "--other", prefix(other));

        assertThat(result.out())
                .contains("optimizer  \"sample.adam/" + prefix(SampleWorkspace.adam(0.5)) + "\"  \"sample.descent/"
                        + prefix(descent) + "\"");
    }

    @Test
    void explain_codeIsGone_saysWhatIsNotKnown() throws IOException {
        JobFolder job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
        Files.delete(job.classPathFile());

        SampleWorkspace.Result result = sample.execute(new ExplainCommand(), prefix(job));

        assertThat(result.out())
                .contains("  gpus = 2\n")
                .contains("does not describe sample.adam, sample.learn, sample.model")
                .contains("There is no other job of the type sample.learn");
    }

    @Test
    void explain_corruptParameters_namesTheFile() throws IOException {
        JobFolder job = sample.store(SampleWorkspace.learn(3, SampleWorkspace.adam(0.5), 16));
        JobFolder other = sample.store(SampleWorkspace.learn(5, SampleWorkspace.adam(0.5), 16));
        sample.corrupt(job.parametersFile());

        SampleWorkspace.Result corrupt = sample.execute(new ExplainCommand(), prefix(job));
        SampleWorkspace.Result neighbor = sample.execute(new ExplainCommand(), prefix(other));

        assertThat(corrupt.exitCode()).isEqualTo(1);
        assertThat(corrupt.err()).contains(job.parametersFile().toString(), "Cannot read the parameters");
        assertThat(neighbor.exitCode()).isZero();
        assertThat(neighbor.err()).contains("Warning: " + job.parametersFile());
    }

    private static String prefix(Config<?> config) {
        return config.id().toString().substring(0, 8);
    }

    private static String prefix(JobFolder job) {
        return job.id().toString().substring(0, 8);
    }
}
