import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;
import org.experimaestro.Dependency;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.OneOf;
import org.experimaestro.Range;
import org.experimaestro.Task;
import org.experimaestro.TaskContext;

/**
 * Counts the tokens of a text.
 *
 * @param corpus the text
 * @param tokenizer how it is cut; into words unless set
 * @param minimum how often a token must occur, at least 1
 * @param letters whether to lower letters first, or to keep them
 * @param limit the greatest number of tokens to write; all unless set
 * @param leftOut tokens that do not count
 * @param patience how long the task may take
 * @param counts the file to write: a line for each token, with a tab before its count
 */
@ConfigType(value = "manual.count", version = 2)
record Count(
        Corpus corpus,
        @DefaultFrom("words") Tokenizer tokenizer,
        @Default("1") @Range(min = 1) int minimum,
        @Default("lower") @OneOf({"lower", "keep"}) String letters,
        Optional<Integer> limit,
        @Default("[]") List<String> leftOut,
        @Meta @Default("5 min") Duration patience,
        @GeneratedPath("counts.tsv") Path counts)
        implements Task<Counts> {

    Count {
        if (leftOut.contains("")) {
            throw new IllegalArgumentException("leftOut has an empty token");
        }
    }

    static Config<Tokenizer.Words> words() {
        return Tokenizer_WordsBuilder.words().build();
    }

    @Override
    public void execute(TaskContext context) throws IOException {
        String text = letters.equals("lower") ? corpus.text().toLowerCase(Locale.ROOT) : corpus.text();
        var found = new TreeMap<String, Integer>();
        for (String token : context.track(tokenizer.tokens(text), "token")) {
            context.throwIfCancelled();
            found.merge(token, 1, Integer::sum);
        }
        List<String> lines = found.entrySet().stream()
                .filter(entry -> entry.getValue() >= minimum && !leftOut.contains(entry.getKey()))
                .limit(limit.orElse(Integer.MAX_VALUE))
                .map(entry -> entry.getKey() + "\t" + entry.getValue())
                .toList();
        Files.write(counts, lines);
        context.metric("tokens", lines.size());
    }

    @Override
    public Counts outputs(Dependency dep) {
        return dep.on(new Counts(corpus, counts));
    }
}
