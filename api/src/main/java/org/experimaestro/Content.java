package org.experimaestro;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a {@code Path} parameter that is identified by what the file or folder contains, instead of by its place.
 *
 * <p>The content is read when the configuration is built, and again once the file has changed. In a folder every file
 * counts, and links are followed: one that leads to nothing is an error, and so is whatever cannot be read. A path inside a
 * job's folder is identified by that job, as always.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.PARAMETER})
public @interface Content {}
