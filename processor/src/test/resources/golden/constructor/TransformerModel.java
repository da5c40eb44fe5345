package models;

import org.experimaestro.ConfigConstructor;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;

abstract class BaseModel implements Configurable {
    private final int seed;

    BaseModel(int seed) {
        this.seed = seed;
    }

    public int seed() {
        return seed;
    }
}

/** A model whose weights live in memory. */
@ConfigType("models.transformer")
public final class TransformerModel extends BaseModel {
    private final int layers;

    /**
     * A model.
     *
     * @param layers number of layers
     * @param seed seed of the initial weights
     */
    @ConfigConstructor
    public TransformerModel(int layers, @Default("0") int seed) {
        super(seed);
        this.layers = layers;
    }

    public int layers() {
        return layers;
    }
}
