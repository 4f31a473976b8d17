"""The settings: one documented TOML file, the environment, and flags, in rising order of weight.

The file lies in the platform's folder for settings (`complaint-desk db settings` prints where). Each value
can also be set in the environment as `COMPLAINT_DESK_` and its name in capitals.
"""

from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from complaint_desk.locale import _
from complaint_desk.models.errors import DeskError
from complaint_desk.startup import (
    ENVIRONMENT_PREFIX,
    StartOptions,
    database_from,
    language_from,
    settings_file,
)


class SettingsRefused(DeskError):
    """The settings file or the environment holds a value the desk cannot use."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError(name) from error
    return name


class Settings(BaseSettings):
    """What a store sets once."""

    model_config = SettingsConfigDict(
        env_prefix=ENVIRONMENT_PREFIX, env_ignore_empty=True, extra="forbid", frozen=True
    )

    language: Literal["zh_CN", "en"] = "en"
    """The language of screens, prompts and letters."""
    region: Annotated[str, Field(pattern="^[A-Z]{2}$")] = "CN"
    """The country whose telephone numbers need no prefix, two capital letters (ISO 3166)."""
    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")] = "CNY"
    """The currency of remedies and of the amounts in the store's rules, three capital letters (ISO 4217)."""
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "Asia/Shanghai"
    """The store's time zone, as the IANA data base names it."""
    store_code: Annotated[str, Field(pattern="^[A-Za-z0-9]{1,8}$"), AfterValidator(str.upper)] | None = None
    """The store's code at the head of each number, such as S01, in capitals; one file a code."""
    store_name: str = ""
    """The store's name, as agents say it to callers."""
    db: str = ""
    """The file that holds the complaints."""
    letters_folder: Path | None = None
    """A folder of the store's own Word templates; by default `letters` beside the settings file."""
    alarm_bell: bool = False
    """Ring the terminal's bell when a grave matter (severity 4 or a safety flag) comes in."""
    playbook_folder: Path | None = None
    """A folder of the store's own playbook entries; by default `playbook` beside the settings file."""
    backup_every_minutes: Annotated[int, Field(ge=5, le=24 * 60)] = 60
    """How often an open desk makes a backup of what changed."""
    backup_folder: Path | None = None
    """A second folder for backups, best on another disk; without one they lie beside the file only."""
    seal_backups: bool = False
    """Seal the desk's own backups with a passphrase from the environment (COMPLAINT_DESK_PASSPHRASE) or the file."""
    backup_passphrase_file: Path | None = None
    """A file whose first line is the passphrase of the desk's own backups; only this account may read it."""
    backup_hours: Annotated[int, Field(ge=0, le=1_000)] = 8
    """Of how many hours the newest backup stays."""
    backup_days: Annotated[int, Field(ge=1, le=1_000)] = 7
    """Of how many days the newest backup stays."""
    backup_weeks: Annotated[int, Field(ge=0, le=1_000)] = 4
    """Of how many weeks the newest backup stays."""

    retention_days: Annotated[int, Field(ge=30, le=36_500)] = 3 * 365
    """Days after a customer's last complaint from which `customer due` proposes to erase them."""
    mask_customers: bool = False
    """Mask customers' names and numbers for agents where nobody has a PIN too; where PINs are, it is always done."""
    lock_after_minutes: Annotated[int, Field(ge=0, le=24 * 60)] = 10
    """After how many minutes without a key the screen locks, where PINs are; 0 for never."""

    @property
    def zone(self) -> ZoneInfo:
        """The store's time zone."""
        return ZoneInfo(self.time_zone)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Flags before the environment before the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls, settings_file())


def load_settings(options: StartOptions | None = None) -> Settings:
    """The settings as file, environment and flags give them. Raises SettingsRefused, naming each fault."""
    options = options or StartOptions()
    flags: dict[str, Any] = {"language": language_from(options), "db": database_from(options)}
    try:
        loaded = Settings(**flags)
    except ValidationError as error:
        raise SettingsRefused(_faults(error)) from error
    except ValueError as error:
        raise SettingsRefused(
            _("The settings file {file} is not valid TOML: {reason}. Nothing was changed.").format(
                file=settings_file(), reason=error
            )
        ) from error
    if loaded.letters_folder is None:
        loaded = loaded.model_copy(update={"letters_folder": settings_file().parent / "letters"})
    if loaded.playbook_folder is None:
        loaded = loaded.model_copy(update={"playbook_folder": settings_file().parent / "playbook"})
    return loaded


def _faults(error: ValidationError) -> str:
    names = ", ".join(sorted({".".join(map(str, fault["loc"])) for fault in error.errors()}))
    return _(
        "These settings cannot be used: {names}. Nothing was changed. "
        "Mend them in {file} or in the environment; the README lists what they may hold."
    ).format(names=names, file=settings_file())
