/**
 * The resources of the API, version 1: each answers one kind of question about a workspace with a record of the wire.
 *
 * <p>An answer depends on the workspace and the question alone, so that the same resource answers a script once, and
 * a page as long as it is open. No answer holds the current time, with which it would differ each time.
 */
@NullMarked
package org.experimaestro.web.api;

import org.jspecify.annotations.NullMarked;
