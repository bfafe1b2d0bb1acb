package dev.trailcast.journal;

import dev.trailcast.settings.SettingException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where backups go.
 *
 * @param directory of theirs alone, made if it is not there; empty where none are made
 * @param keep so many at most: the oldest go when there is a new one
 */
public record BackupSettings(Optional<Path> directory, int keep) {
  public BackupSettings {
    if (keep < 1) {
      throw new SettingException("keep", "at least 1", keep);
    }
  }
}
