package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mark of a path whose file or folder travels with a saved configuration, such as the weights of a model. {@link
 * Config#save} copies it into a folder beside the saved file, and {@link Config#load} finds it there if it is no longer
 * where it was. Its content is checked.
 *
 * <p>{@snippet :
 * record LoadWeights(Network network, @DataPath Path weights) implements InitTask {}
 * }
 *
 * <p>The mark does not count in the identifier. The path counts as any other, so a path outside of jobs' folders is
 * marked with {@link Content} or {@link Meta} as well: it would be another path elsewhere. A path below a named root is
 * not copied, because each machine has a folder for the root.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface DataPath {}
