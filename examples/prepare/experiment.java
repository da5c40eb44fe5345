import static org.experimaestro.Tags.tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.*;

/**
 * A corpus of numbers in words. A real one would be downloaded.
 *
 * @param words the number of words
 */
@ConfigType("prepare.corpus")
record Corpus(int words) implements Preparable {
    @Override
    public void prepare(PrepareContext context) throws Exception {
        context.progress(0, "text");
        context.cached("text", this::write);
    }

    /** The folder that the prepare step has made; a job that does not find it makes it. */
    Path text(TaskContext context) throws Exception {
        return context.cached(this, "text", this::write).resolve("text.txt");
    }

    private void write(Path folder) throws IOException {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            text.add("word" + i % 37);
        }
        Files.write(folder.resolve("text.txt"), text);
    }
}

/**
 * Cuts a corpus into pieces.
 *
 * @param corpus the corpus
 * @param length the number of characters of a piece
 * @param file the file to write
 */
@ConfigType("prepare.cut")
record Cut(Corpus corpus, int length, @GeneratedPath("pieces.txt") Path file) implements Task<Pieces> {
    @Override
    public void execute(TaskContext context) throws Exception {
        String text = String.join(" ", Files.readAllLines(corpus.text(context)));
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i + length <= text.length(); i += length) {
            pieces.add(text.substring(i, i + length));
        }
        Files.write(file, pieces);
    }

    @Override
    public Pieces outputs(Dependency dep) {
        return dep.on(new Pieces(file));
    }
}

/**
 * Pieces of a text.
 *
 * @param file the file, with a piece in each line
 */
@ConfigType("prepare.pieces")
record Pieces(Path file) implements Configurable {}

/**
 * Counts the different pieces.
 *
 * @param pieces the pieces
 */
@ConfigType("prepare.count")
record Count(Pieces pieces) implements SelfTask<Count> {
    @Override
    public void execute(TaskContext context) throws IOException {
        try (var lines = Files.lines(pieces.file())) {
            context.metric("different", lines.distinct().count());
        }
    }
}

/** Cuts a corpus in several ways, and counts the pieces. */
class Cuts implements ExperimentPlan<Cuts.Settings> {
    record Settings(int words, List<Integer> lengths) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        Config<Corpus> corpus = CorpusBuilder.corpus().words(settings.words()).build();
        for (int length : settings.lengths()) {
            // The pieces are cut only if they are to be counted.
            Config<Pieces> pieces = xp.submitOnDemand(
                    CutBuilder.cut().corpus(corpus).length(tag(length)).build());
            xp.submit(CountBuilder.count().pieces(pieces).build());
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table(Count.class));
    }
}
