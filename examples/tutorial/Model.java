import org.experimaestro.Configurable;

/** A model that can learn to tell classes apart. */
public interface Model extends Configurable {

    /**
     * Builds the model's network, before it has learned anything.
     *
     * @param features the number of features of an example, at least 1
     * @param classes the number of classes, at least 2
     * @return a new network; the same weights at each call
     */
    Network network(int features, int classes);
}
