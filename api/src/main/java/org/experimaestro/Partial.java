package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A partial identifier of a configuration type: an identifier as {@link Config#id}, without the parameters of some
 * groups. Configurations that differ only in these parameters share it, and with it a folder of the workspace.
 *
 * <p>{@snippet :
 * @ConfigType("digits.learn")
 * @Partial(value = "checkpoints", exclude = "training")
 * public record Learn(
 *         double rate,
 *         @Group("training") int epochs,
 *         @GeneratedPath(value = "states", partial = "checkpoints") Path states,
 *         @GeneratedPath("weights.bin") Path weights) implements Task<Weights> {}
 * }
 *
 * <p>A parameter is left out if one of its groups is excluded, and none is included. All other parameters count as in the
 * identifier of the configuration, and the configurations in them by their whole identifiers.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Repeatable(Partials.class)
public @interface Partial {

    /**
     * Returns the name, which names a folder: {@code A-Za-z0-9_.-}. The partial identifiers of a type have different
     * names.
     *
     * @return the name
     */
    String value();

    /**
     * Returns the groups whose parameters are left out.
     *
     * @return one or more groups of parameters of the type
     */
    String[] exclude();

    /**
     * Returns the groups whose parameters count although they are in an excluded group, too.
     *
     * @return groups of parameters of the type; by default, none
     */
    String[] include() default {};
}
