/** Actions on jobs that a page or a script asks for: each is planned first, and performed for what the plan has. */
@NullMarked
package org.experimaestro.web.action;

import org.jspecify.annotations.NullMarked;
