/**
 * The way from a reference to a plan to its class and class path. Java sources are compiled in process, Maven
 * projects are built in a copy, and a cache makes the second time cheap.
 */
@NullMarked
package org.experimaestro.loader.source;

import org.jspecify.annotations.NullMarked;
