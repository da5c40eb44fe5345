package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The mark of a {@code Path} parameter that is identified by the content of the file or folder, instead of by its
 * place.
 *
 * <p>{@snippet :
 * @ConfigType("tutorial.corpus")
 * public record Corpus(@Content Path file) implements Configurable {}
 * }
 *
 * <p>The content is read when the configuration is built, and again after the file has changed. In a folder every
 * file counts, and links are followed. A broken link is an error, and so is a file that cannot be read. A path inside
 * a job's folder is identified by that job, as always.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Content {}
