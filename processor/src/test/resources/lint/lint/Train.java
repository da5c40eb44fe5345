package lint;

import java.nio.file.Path;
import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.GeneratedPath;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** A task that is a class, inside of which there are others. */
@ConfigType
public class Train implements SelfTask<Train> {
    /** How long. */
    private final int epochs;

    /** Where to. */
    private final Path path;

    /**
     * Makes it.
     *
     * @param epochs how long
     * @param path where to
     * @deprecated it goes away
     */
    @ConfigConstructor
    @Deprecated(forRemoval = true)
    protected Train(int epochs, @GeneratedPath("x\\u0022/é") Path path) {
        this.epochs = epochs;
        this.path = path;
    }

    /**
     * Says how long.
     *
     * @return epochs
     * @deprecated it goes away
     */
    @Deprecated(forRemoval = true)
    public int epochs() {
        return epochs;
    }

    /**
     * Says where to.
     *
     * @return a path
     */
    Path path() {
        return path;
    }

    @Override
    public void execute(TaskContext context) {}

    /** A type that only the package sees. */
    @ConfigType("lint.nested")
    record Nested() implements Model {
        @Override
        public double apply(double x) {
            return x;
        }
    }

    /**
     * A generic one.
     *
     * @param <A> a model
     * @param <B> another
     * @param left one
     * @param right the other
     */
    @ConfigType("lint.pair")
    public record Pair<A extends Model & Comparable<A>, B extends A>(A left, B right) implements Model {
        @Override
        public double apply(double x) {
            return x;
        }
    }
}
