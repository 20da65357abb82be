namespace DigiHub.Web.Api;

/// <summary>The one place where a refusal becomes an HTTP status, for programs and pages alike.</summary>
public static class RefusalStatus
{
    extension(Refusal refusal)
    {
        /// <summary>
        /// 409 unless the code says more; a refusal about one field stays a 409, named by its pointer or beside its input.
        /// </summary>
        public int Status => refusal.Code switch
        {
            "not_found" => StatusCodes.Status404NotFound,
            "not_allowed" => StatusCodes.Status403Forbidden,
            "stale" => StatusCodes.Status412PreconditionFailed,
            "file_too_large" or "picture_too_large" => StatusCodes.Status413PayloadTooLarge,
            "file_not_csv" or "picture_unreadable" => StatusCodes.Status415UnsupportedMediaType,
            "malformed_cursor" => StatusCodes.Status400BadRequest,
            _ => refusal.IsTransient ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status409Conflict,
        };
    }
}
