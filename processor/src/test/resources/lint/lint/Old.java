package lint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.DefaultFrom;

/**
 * A configuration that goes away, with parts that do.
 *
 * @param <M> a model
 * @param model a model
 * @param models models
 * @param maybe a model, or none
 * @param named models by name
 * @param mode a mode
 * @param other another mode
 * @param made a model
 * @deprecated it goes away
 */
@Deprecated(since = "2", forRemoval = true)
@SuppressWarnings({"removal", "deprecation"})
@ConfigType(value = "lint.old", version = 2)
public record Old<M extends OldModel>(
        OldModel model,
        List<M> models,
        Optional<OldModel> maybe,
        Map<Mode, OldModel> named,
        @Default("B") Mode mode,
        @Default("record") Mode other,
        @DefaultFrom("make") Model made)
        implements Configurable {

    /**
     * Makes a default.
     *
     * @return never
     * @deprecated it goes away
     */
    @Deprecated(forRemoval = true)
    static Config<? extends Model> make() {
        throw new UnsupportedOperationException();
    }

    /**
     * A model.
     *
     * @return it
     * @deprecated it goes away
     */
    @Override
    @Deprecated
    public Model made() {
        return made;
    }
}
