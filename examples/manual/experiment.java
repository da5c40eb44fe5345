import static org.experimaestro.Tags.tag;
import static org.experimaestro.Tags.tags;
import static org.experimaestro.Tags.tagsPath;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.Experiment;
import org.experimaestro.ExperimentPlan;
import org.experimaestro.JobReport;
import org.experimaestro.Outcome;
import org.experimaestro.Report;
import org.experimaestro.RunMode;

/** Counts the tokens of a text in several ways: shows what a plan can do. */
class Manual implements ExperimentPlan<Manual.Settings> {

    record Settings(Path corpus, List<Integer> sizes) {}

    @Override
    public void run(Experiment xp, Settings settings) throws Exception {
        // Configurations
        Config<Corpus> corpus = CorpusBuilder.corpus().file(settings.corpus()).build();
        Config<Stems> stems = StemsBuilder.stems().length(4).build();
        Config<Stems> longer = StemsBuilder.toBuilder(stems).length(6).build();
        Config<Pair<Tokenizer>> pair =
                PairBuilder.pair(Tokenizer.class).first(stems).second(longer).build();
        Config<Tokenizer> first = pair.get(Pair::first);

        // Tasks
        List<Config<Counts>> counts = new ArrayList<>();
        for (int size : settings.sizes()) {
            var grams = Tokenizer_GramsBuilder.grams().size(tag(size)).build();
            counts.add(xp.submit(
                    CountBuilder.count().corpus(corpus).tokenizer(grams).build()));
        }
        var words = CountBuilder.count().corpus(corpus).leftOut(List.of("the")).build();
        counts.add(xp.submit(words.tag("kind", "words")));
        xp.submit(CountBuilder.count().corpus(corpus).tokenizer(first).build());

        // A task that depends on all of them, and takes none of their tags
        var plain = counts.stream().map(Config::stopTags).toList();
        xp.submit(CommonBuilder.common().counts(plain).build());

        // Waiting, and using a result
        Outcome outcome = xp.await(counts.getLast());
        if (outcome == Outcome.DONE) {
            Path file = counts.getLast().value().file();
            System.out.println("Different words: " + Files.readAllLines(file).size());
        }

        // The best of a grid, for another task
        double most = 0;
        Config<Counts> best = null;
        for (Config<Counts> each : counts) {
            JobReport job = xp.report(each);
            if (job.outcome() == Outcome.DONE && job.metric("tokens") > most) {
                most = job.metric("tokens");
                best = each;
            }
        }
        if (best != null) {
            xp.submit(CommonBuilder.common().counts(List.of(best.stopTags())).build());
        }

        // Tags and identifiers
        System.out.println(tags(counts.getFirst()) + " " + tagsPath(counts.getFirst()));
        System.out.println(corpus.type() + " " + corpus.id());

        // What the run is
        if (xp.runMode() == RunMode.NORMAL) {
            Path saved = xp.resultsFolder().resolve("counts.json");
            Config.save(counts, saved);
            List<Config<Counts>> loaded = Config.loadList(saved, Counts.class);
            System.out.println(xp.name() + " saved " + loaded.size() + " configurations");
        }
        System.out.println("Arguments: " + xp.arguments());
    }

    @Override
    public void report(Report report) throws IOException {
        System.out.println(report.table(Count.class));
        if (!report.isComplete()) {
            return;
        }
        Files.writeString(report.resultsFolder().resolve("table.csv"), report.table().toCsv());
        for (JobReport job : report.jobs()) {
            System.out.println(job.type() + " " + job.tags() + " " + job.metrics());
        }
    }
}
