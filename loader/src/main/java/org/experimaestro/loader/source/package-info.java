/**
 * From a reference to a plan to a plan class with its class path: Java sources compiled in process, Maven projects built in
 * a copy, and the cache that makes the second time cheap.
 */
@NullMarked
package org.experimaestro.loader.source;

import org.jspecify.annotations.NullMarked;
