import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;

/**
 * Two of a kind.
 *
 * @param first the first
 * @param second the second
 * @param <T> the kind
 */
@ConfigType("manual.pair")
record Pair<T extends Tokenizer>(T first, T second) implements Configurable {}
