/**
 * A request and a response as values, the routes between them, and the headers that every response has.
 */
@NullMarked
package org.experimaestro.web.http;

import org.jspecify.annotations.NullMarked;
