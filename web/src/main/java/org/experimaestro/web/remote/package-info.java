/**
 * The API of a workspace on another host, over the streams of a program there: many questions at once, as frames.
 */
@NullMarked
package org.experimaestro.web.remote;

import org.jspecify.annotations.NullMarked;
