package dev.trailcast.config;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import org.eclipse.microprofile.config.ConfigProvider;

/** Stops the deployment where a setting is not allowed, before anything is opened or started. */
public class SettingsCheck implements Extension {
  void check(@Observes AfterDeploymentValidation validation) {
    try {
      new Settings(ConfigProvider.getConfig());
    } catch (BadSettingException e) {
      validation.addDeploymentProblem(e);
    }
  }
}
