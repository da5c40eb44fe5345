/**
 * File names that only one of several processes or hosts gets. Also files and folders that are trusted only if no
 * other user can have put them there.
 */
@NullMarked
package org.experimaestro.base.file;

import org.jspecify.annotations.NullMarked;
