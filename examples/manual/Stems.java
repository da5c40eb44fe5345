import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.Default;

/** The beginnings of words. A class, since it remembers those that it has cut. */
@ConfigType("manual.stems")
final class Stems implements Tokenizer {
    private final int length;
    private final Map<String, String> known = new HashMap<>();

    /**
     * Cuts words.
     *
     * @param length the greatest number of characters that remains
     */
    @ConfigConstructor
    Stems(@Default("5") int length) {
        this.length = length;
    }

    int length() {
        return length;
    }

    @Override
    public List<String> tokens(String text) {
        return new Words().tokens(text).stream()
                .map(word -> known.computeIfAbsent(word, w -> w.substring(0, Math.min(length, w.length()))))
                .toList();
    }
}
