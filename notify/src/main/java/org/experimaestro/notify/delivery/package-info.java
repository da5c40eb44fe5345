/** The deliveries of notifications: a webhook, a command, the desktop. */
@NullMarked
package org.experimaestro.notify.delivery;

import org.jspecify.annotations.NullMarked;
