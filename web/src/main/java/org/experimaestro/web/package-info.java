/**
 * The web page of a workspace, and the API that it uses: the server's start, its address, and its end.
 *
 * <p>A server runs in the process of a command. No other module's classes know it but those of {@code cli}.
 */
@NullMarked
package org.experimaestro.web;

import org.jspecify.annotations.NullMarked;
