"""Settings: the only place that reads the environment."""

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting, read from environment variables `REJOINDER_...`; command-line options come before them."""

    model_config = SettingsConfigDict(env_prefix="REJOINDER_", extra="ignore", frozen=True)

    model: str | None = Field(
        default=None, description='Chat model as PROVIDER:NAME, for example "openai:gpt-5-mini"; none: no model is used'
    )
    base_url: str | None = Field(
        default=None, description="Address of an OpenAI-compatible endpoint, for example http://127.0.0.1:8081/v1"
    )
    api_key: SecretStr | None = Field(
        default=None,
        description="Key of the model's endpoint; without it a provider's own variable is used, such as OPENAI_API_KEY",
    )
    model_timeout_s: float = Field(default=150.0, gt=0, description="Seconds that one try of a model call may take")
    facts: Path | None = Field(default=None, description="Fact sheet to use where --facts is not given")
    database_url: SecretStr | None = Field(
        default=None,
        description="Where debates are kept: postgresql://... or sqlite:///PATH; your data folder if unset",
    )
    runner: Literal["here", "workers"] = Field(
        default="here", description='Who plays debates: "here", the server itself, or "workers" (needs Postgres)'
    )
    most_debates_at_once: int = Field(default=200, ge=1, description="Debates that one process plays at the same time")
    models_allowed: tuple[str, ...] = Field(
        default=(),
        description='Models that clients may choose, as JSON: ["openai:gpt-5-mini"]; REJOINDER_MODEL always is',
    )
    upload_limit_mb: float = Field(default=16, gt=0, le=64, description="Largest thread or fact sheet that is uploaded")
    requests_per_minute: int = Field(default=1200, ge=1, description="Requests of one key or address in a minute")
    cors_origins: tuple[str, ...] = Field(
        default=(), description='Other sites whose pages may use the service, as JSON: ["https://school.example"]'
    )
    delete_after_days: float | None = Field(
        default=None, gt=0, description="Threads and debates are deleted so many days after they were made; none: kept"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="Least that is logged")
    log_json: bool = Field(default=True, description="Log one JSON object a line; else lines for people")
    debug: bool = Field(default=False, description="Show the traceback of an unexpected error")


def read_settings() -> Settings:
    """The settings in force.

    Raises:
        InputError: A variable holds a value that cannot be used; it is named.
    """
    from pydantic import ValidationError

    from language.errors import InputError

    try:
        return Settings()
    except ValidationError as exc:
        problem = exc.errors(include_url=False)[0]
        name = "REJOINDER_" + "_".join(str(part) for part in problem["loc"]).upper()
        raise InputError(f"the setting {name} cannot be used: {problem['msg']}") from exc


def database_url(settings: Settings) -> str:
    """Where debates are kept: as set, or a file in the user's data folder."""
    if settings.database_url is not None:
        return settings.database_url.get_secret_value()
    import platformdirs

    return f"sqlite:///{Path(platformdirs.user_data_dir('rejoinder', appauthor=False)) / 'rejoinder.db'}"
