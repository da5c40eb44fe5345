import java.util.List;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Range;

/** A way to cut a text into tokens: one of those below. */
sealed interface Tokenizer extends Configurable permits Tokenizer.Words, Tokenizer.Grams, Stems {

    /** Cuts a text. */
    List<String> tokens(String text);

    /** Words: what is between spaces. */
    @ConfigType("manual.words")
    record Words() implements Tokenizer {
        @Override
        public List<String> tokens(String text) {
            return List.of(text.strip().split("\\s+"));
        }
    }

    /**
     * All runs of some characters.
     *
     * @param size number of characters of each
     */
    @ConfigType("manual.grams")
    record Grams(@Range(min = 1) int size) implements Tokenizer {
        @Override
        public List<String> tokens(String text) {
            return java.util.stream.IntStream.rangeClosed(0, text.length() - size)
                    .mapToObj(start -> text.substring(start, start + size))
                    .toList();
        }
    }
}
