"""Settings: `base` is true everywhere; `local`, `production` and `test` extend it."""
