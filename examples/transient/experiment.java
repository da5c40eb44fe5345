import static org.experimaestro.Tags.tag;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.experimaestro.*;

/**
 * Unpacks a corpus. A real one would take minutes, and many gigabytes.
 *
 * @param words the number of words
 * @param file the file to write
 */
@ConfigType("transient.unpack")
record Unpack(int words, @GeneratedPath("text.txt") Path file) implements Task<Text> {
    @Override
    public void execute(TaskContext context) throws IOException {
        List<String> text = new ArrayList<>();
        for (int i = 0; i < words; i++) {
            text.add(Integer.toString(i * 37 % 1000, 36));
        }
        Files.write(file, text);
        context.metric("bytes", Files.size(file));
    }

    @Override
    public Text outputs(Dependency dep) {
        return dep.on(new Text(file));
    }
}

/**
 * An unpacked corpus.
 *
 * @param file the file, with a word in each line
 */
@ConfigType("transient.text")
record Text(Path file) implements Configurable {}

/**
 * Counts the words with a letter.
 *
 * @param text the corpus
 * @param letter the letter
 */
@ConfigType("transient.count")
record Count(Text text, String letter) implements SelfTask<Count> {
    @Override
    public void execute(TaskContext context) throws IOException {
        try (var lines = Files.lines(text.file())) {
            context.metric("found", lines.filter(word -> word.contains(letter)).count());
        }
    }
}

/** Counts the words with each of several letters. */
class Letters implements ExperimentPlan<Letters.Settings> {
    record Settings(int words, List<String> letters) {}

    @Override
    public void run(Experiment xp, Settings settings) {
        // The text is there only while it is read.
        Config<Text> text = xp.submitTransient(
                UnpackBuilder.unpack().words(settings.words()).build());
        for (String letter : settings.letters()) {
            xp.submit(CountBuilder.count().text(text).letter(tag(letter)).build());
        }
    }

    @Override
    public void report(Report report) {
        System.out.println(report.table(Count.class));
    }
}
