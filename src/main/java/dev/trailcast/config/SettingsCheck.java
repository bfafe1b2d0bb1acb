package dev.trailcast.config;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;

/**
 * Stops the deployment where a setting is not allowed or not known, before anything is opened or
 * started.
 */
public class SettingsCheck implements Extension {
  private static final System.Logger LOG = System.getLogger(SettingsCheck.class.getName());

  void check(@Observes AfterDeploymentValidation validation) {
    Keys keys = new Keys(Settings.configuration(), System.getenv().keySet());
    try {
      new Settings(keys);
      keys.doubts().forEach(doubt -> LOG.log(System.Logger.Level.WARNING, "TRAIL0601W: " + doubt));
    } catch (BadSettingException e) {
      validation.addDeploymentProblem(e);
    }
  }
}
