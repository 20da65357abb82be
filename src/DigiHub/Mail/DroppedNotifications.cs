using DigiHub.Notifications;

namespace DigiHub.Mail;

public static class DroppedNotifications
{
    extension(IQueryable<Notification> notifications)
    {
        /// <summary>Notifications whose worker must have died, since their lease has expired.</summary>
        public IQueryable<Notification> Dropped(DeliveryPace pace, Instant now)
        {
            var (leasedBefore, sendingBefore) = (now - pace.LeaseLife, now - pace.HandOverLife);
            return notifications.Where(notification => (notification.State == NotificationState.Leased
                && notification.LeasedAt < leasedBefore)
                || (notification.State == NotificationState.Sending
                    && notification.LeasedAt < sendingBefore && notification.CarriedBy == null));
        }
    }
}
